/**
 * A run as one HTML file that needs nothing else. Entry type: {@link org.lockstep.driver.page.RunPage}. Imports the JDK,
 * data, reports, predictions, curves and markup.
 */
@NullMarked
package org.lockstep.driver.page;

import org.jspecify.annotations.NullMarked;
