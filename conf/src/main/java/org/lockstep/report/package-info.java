/** What comes back up from a run: step and epoch reports, logs and history. Imports only the JDK and {@code metrics}. */
@NullMarked
package org.lockstep.report;

import org.jspecify.annotations.NullMarked;
