/**
 * Files by path or Hadoop URI. Entry type: {@link org.lockstep.data.storage.StoredFile}. Sole importer of Hadoop here.
 */
@NullMarked
package org.lockstep.data.storage;

import org.jspecify.annotations.NullMarked;
