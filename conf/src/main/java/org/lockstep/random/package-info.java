/** Random numbers as a function of a key, never of a shared state. Imports only the JDK. */
@NullMarked
package org.lockstep.random;

import org.jspecify.annotations.NullMarked;
