/**
 * Files, folders and zip files by path or Hadoop URI. Entry types: {@link org.lockstep.data.storage.StoredFile}, {@link
 * org.lockstep.data.storage.StoredFolder}, {@link org.lockstep.data.storage.StoredTree}, {@link
 * org.lockstep.data.storage.GrowingFile}; {@link org.lockstep.data.storage.HadoopSettings} sets Hadoop up. Sole importer of
 * Hadoop here.
 */
@NullMarked
package org.lockstep.data.storage;

import org.jspecify.annotations.NullMarked;
