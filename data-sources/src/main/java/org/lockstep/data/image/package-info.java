/**
 * Images in a folder for each class, or in a zip file of such folders. Entry type:
 * {@link org.lockstep.data.image.ImageFolder}. Imports only {@code org.lockstep.data}, {@code org.lockstep.data.storage},
 * {@code org.lockstep.keras} and the JDK's ImageIO.
 */
@NullMarked
package org.lockstep.data.image;

import org.jspecify.annotations.NullMarked;
