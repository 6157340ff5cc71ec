/** Models as values: layers in order, named, shaped, with the place of each variable in the flat weight vector. Entry type: {@link org.lockstep.model.Sequential}. */
@NullMarked
package org.lockstep.model;

import org.jspecify.annotations.NullMarked;
