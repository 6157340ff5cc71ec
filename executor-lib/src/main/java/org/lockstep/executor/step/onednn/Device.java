package org.lockstep.executor.step.onednn;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.scratchpad_mode;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.data_type;
import org.bytedeco.dnnl.memory.desc;
import org.bytedeco.dnnl.memory.format_tag;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.primitive_desc_base;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;

/**
 * The CPU as one program sees it: its stream, and everything of oneDNN's that is made through it, freed by close.
 *
 * <p>Order of calls: construct, make primitives, {@link #seal}, then execute. Primitives use a scratch pad of this
 * device, not oneDNN's own, which belongs to the thread that made the primitive: so another thread may execute them.
 */
final class Device implements AutoCloseable {

    private final PointerScope scope = new PointerScope();
    private final engine cpu = new engine(engine.kind.cpu, 0);
    private final stream queue = new stream(cpu);
    private final Arena arena = new Arena();
    private final IdentityHashMap<memory, Slot> places = new IdentityHashMap<>();
    private final List<memory> scratchViews = new ArrayList<>();
    private long scratchBytes;

    engine cpu() {
        return cpu;
    }

    Arena arena() {
        return arena;
    }

    /** Attributes that every primitive made here has. */
    primitive_attr attributes() {
        primitive_attr attributes = new primitive_attr();
        attributes.set_scratchpad_mode(scratchpad_mode.user);
        return attributes;
    }

    /** A tensor of 32-bit floats in C order. */
    static desc plain(long... dims) {
        return strided(dims, Strides.of(dims));
    }

    static desc strided(long[] dims, long[] strides) {
        return strided(Numbers.FLOAT32, dims, strides);
    }

    static desc strided(Numbers numbers, long[] dims, long[] strides) {
        return new desc(dims, numbers.type(), strides);
    }

    /** A tensor in whatever order a primitive likes best. */
    static desc any(Numbers numbers, long... dims) {
        return new desc(dims, numbers.type(), format_tag.any);
    }

    /** Whether this is oneDNN's slow implementation, for what no fast one knows. */
    static boolean isReference(primitive_desc_base description) {
        return description.impl_info_str().getString().startsWith("ref");
    }

    /** A memory object without a place. */
    memory view(desc form) {
        return new memory(form, cpu, (Pointer) null);
    }

    memory view(desc form, Slot slot) {
        memory object = slot.view(view(form));
        places.put(object, slot);
        return object;
    }

    /** A tensor of one number that never changes. */
    memory number(float value) {
        memory object = new memory(plain(1), cpu);
        new FloatPointer(object.get_data_handle()).put(value);
        return object;
    }

    /** A tensor in C order of ones. */
    memory ones(desc form, Numbers numbers) {
        memory object = new memory(form, cpu);
        ByteBuffer bytes = new BytePointer(object.get_data_handle())
                .capacity(form.get_size())
                .asByteBuffer()
                .order(ByteOrder.nativeOrder());
        while (bytes.hasRemaining()) {
            numbers.putOne(bytes);
        }
        return object;
    }

    memory allocate(long bytes) {
        return new memory(new desc(new long[] {bytes}, data_type.u8, format_tag.a), cpu);
    }

    Call call(primitive code, primitive_desc_base description, Argument... arguments) {
        return call(code, description, List.of(arguments));
    }

    Call call(primitive code, primitive_desc_base description, List<Argument> arguments) {
        IntMemoryMap map = new IntMemoryMap();
        List<Slot> slots = new ArrayList<>();
        for (Argument argument : arguments) {
            map.put(argument.role(), argument.object());
            Slot slot = places.get(argument.object());
            if (slot != null) {
                slots.add(slot);
            }
        }
        desc scratch = description.scratchpad_desc();
        if (scratch.get_size() > 0) {
            scratchBytes = Math.max(scratchBytes, scratch.get_size());
            memory view = view(scratch);
            scratchViews.add(view);
            map.put(dnnl.DNNL_ARG_SCRATCHPAD, view);
        }
        return new Call(code, queue, map, List.copyOf(slots));
    }

    /** Ends construction: reserves memory for the scratch pad and for the arena's slots that are used. */
    void seal(Lifetimes lifetimes) {
        Slot scratch = arena.bytes(scratchBytes);
        lifetimes.always(scratch);
        scratchViews.forEach(scratch::view);
        arena.place(this, lifetimes, OpenMp.threads());
        scope.extend();
        scope.close();
    }

    @Override
    public void close() {
        scope.close();
    }
}
