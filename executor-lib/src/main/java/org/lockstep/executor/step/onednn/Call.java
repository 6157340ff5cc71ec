package org.lockstep.executor.step.onednn;

import java.util.List;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.stream;

/**
 * A primitive with its arguments.
 *
 * @param slots where the arguments are
 */
record Call(primitive code, stream queue, IntMemoryMap arguments, List<Slot> slots) {

    void run() {
        code.execute(queue, arguments);
    }
}
