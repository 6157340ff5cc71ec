/**
 * Random changes to images. Entry types: {@link org.lockstep.data.augment.RandomFlip}, {@link
 * org.lockstep.data.augment.RandomCrop}. Imports only {@code org.lockstep.data} and {@code org.lockstep.random}.
 */
@NullMarked
package org.lockstep.data.augment;

import org.jspecify.annotations.NullMarked;
