/**
 * Models as values: layers and their calls in order, named, shaped, with the place of each variable in the flat weight
 * vector. Entry types: {@link org.lockstep.model.Sequential} and {@link org.lockstep.model.Model#of}. Imports only the JDK
 * and {@code layers}.
 */
@NullMarked
package org.lockstep.model;

import org.jspecify.annotations.NullMarked;
