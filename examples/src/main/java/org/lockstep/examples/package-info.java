/** Stories, each a main that a user could copy: {@link Digits} trains, evaluates and predicts, {@link ResNet20} trains a graph. Imports only the public API and Spark. */
@NullMarked
package org.lockstep.examples;

import org.jspecify.annotations.NullMarked;
