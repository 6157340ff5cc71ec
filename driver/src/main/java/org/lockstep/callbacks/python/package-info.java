/**
 * How Python writes numbers and texts: {@code repr}, {@code format}, {@code str.format} and the csv module. Imports only
 * the JDK.
 */
@NullMarked
package org.lockstep.callbacks.python;

import org.jspecify.annotations.NullMarked;
