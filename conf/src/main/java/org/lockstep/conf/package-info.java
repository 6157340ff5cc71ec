/** Settings of a run as immutable values: how a model is compiled and fitted, and on what. Imports only the value packages. */
@NullMarked
package org.lockstep.conf;

import org.jspecify.annotations.NullMarked;
