/**
 * JSON and YAML in and out: Keras's own model format ({@link org.lockstep.conf.json.KerasJson}), Keras's arguments in
 * plain form ({@link org.lockstep.conf.json.KerasArguments}), job files ({@link org.lockstep.conf.json.JobFile}) and plain
 * values ({@link org.lockstep.conf.json.Json}). The sole importer of Jackson; imports the value packages.
 */
@NullMarked
package org.lockstep.conf.json;

import org.jspecify.annotations.NullMarked;
