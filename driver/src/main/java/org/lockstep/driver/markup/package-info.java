/** Well-formed HTML and SVG, and figures as text. Entry type: {@link org.lockstep.driver.markup.Markup}. Imports only the JDK. */
@NullMarked
package org.lockstep.driver.markup;

import org.jspecify.annotations.NullMarked;
