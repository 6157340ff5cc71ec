/** The command line: {@link org.lockstep.driver.cli.Main} and its commands. The sole importer of picocli. */
@NullMarked
package org.lockstep.driver.cli;

import org.jspecify.annotations.NullMarked;
