/** Other programs of this machine, run to their end: {@link org.lockstep.examples.programs.Programs}. Imports nothing of ours. */
@NullMarked
package org.lockstep.examples.programs;

import org.jspecify.annotations.NullMarked;
