package org.lockstep.executor.step.onednn;

import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.stream;

/** A primitive with its arguments. */
record Call(primitive code, stream queue, IntMemoryMap arguments) {

    void run() {
        code.execute(queue, arguments);
    }
}
