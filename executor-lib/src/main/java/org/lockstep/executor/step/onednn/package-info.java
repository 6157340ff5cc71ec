/**
 * The default engine: a model compiled, once per batch size, into a list of oneDNN primitives over fixed memory. Entry
 * type: {@link org.lockstep.executor.step.onednn.OnednnProvider}. The sole importer of oneDNN and of JNA; otherwise
 * imports the model values, {@code report}, {@code data}, {@code random}, {@code executor.step} and {@code
 * executor.step.loss}.
 */
@NullMarked
package org.lockstep.executor.step.onednn;

import org.jspecify.annotations.NullMarked;
