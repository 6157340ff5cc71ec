/**
 * Data drawn on the fly, without files. Entry type: {@link org.lockstep.data.synthetic.SyntheticDigits}. Imports only
 * {@code org.lockstep.data} and {@code org.lockstep.random}.
 */
@NullMarked
package org.lockstep.data.synthetic;

import org.jspecify.annotations.NullMarked;
