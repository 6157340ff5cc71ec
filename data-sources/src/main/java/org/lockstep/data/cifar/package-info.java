/**
 * The binary version of CIFAR-10 and CIFAR-100. Entry type: {@link org.lockstep.data.cifar.CifarSource}. Imports only
 * {@code org.lockstep.data} and {@code org.lockstep.data.storage}.
 */
@NullMarked
package org.lockstep.data.cifar;

import org.jspecify.annotations.NullMarked;
