package org.lockstep.executor.optimizer;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What one step leaves between its phases, shared by all workers of a JVM: where to read the gradient sums again and, for
 * each block, its part of the sums that span blocks.
 */
public final class Partials {

    final double[] penalty;
    final double[] squaredNorm;
    final boolean[] isFinite;
    /** Of each variable whose penalty needs all of it: the penalty's gradient; else empty. */
    final float[][] wholeGradient;

    private final int gradientLength;
    private final GradientSums[] sums;
    private final GradientSums kept = this::readKept;
    private volatile float[] copy = {};
    private Divisors divisors = Divisors.mean(1);

    Partials(Plan plan) {
        int blocks = plan.blocks().size();
        gradientLength = plan.gradientLength();
        penalty = new double[blocks];
        squaredNorm = new double[blocks];
        isFinite = new boolean[blocks];
        sums = new GradientSums[blocks];
        wholeGradient = new float[plan.parts().size()][0];
    }

    /** What the step's sums are divided by; all workers say the same. */
    void divisors(Divisors value) {
        divisors = value;
    }

    Divisors divisors() {
        return divisors;
    }

    /** Remembers a block's sums: where they come from, or themselves where they cannot be read again. */
    void keep(int number, Block block, GradientSums from, float[] values) {
        if (from.isLasting()) {
            sums[number] = from;
        } else {
            System.arraycopy(values, 0, room(), block.offset(), block.length());
            sums[number] = kept;
        }
    }

    /** Remembers where the sums of blocks come from; they last, and all are finite. */
    void keepFinite(int fromBlock, int toBlock, GradientSums from) {
        Arrays.fill(sums, fromBlock, toBlock, from);
        Arrays.fill(isFinite, fromBlock, toBlock, true);
    }

    /** Where the sums of a block come from. */
    GradientSums sums(int number) {
        return sums[number];
    }

    /** The sums of a block, as they were kept. */
    void read(int number, Block block, float[] into) {
        sums[number].read(block.offset(), block.length(), into);
    }

    /** A block of the gradient of a penalty that needs whole variables. */
    void readPenalty(Block block, Part part, float[] into) {
        int start = block.offset() - part.slot().offset();
        System.arraycopy(wholeGradient[block.part()], start, into, 0, block.length());
    }

    private void readKept(int offset, int length, float[] into) {
        System.arraycopy(copy, offset, into, 0, length);
    }

    private float[] room() {
        float[] room = copy;
        if (room.length == 0) {
            synchronized (this) {
                if (copy.length == 0) {
                    copy = new float[gradientLength];
                }
                room = copy;
            }
        }
        return room;
    }

    /** Bytes of what {@link #write} writes for that many blocks. */
    public static int bytes(int blocks) {
        return blocks * (2 * Double.BYTES + 1);
    }

    /** Writes these blocks' parts of the sums that span blocks. */
    public void write(ByteBuffer out, int fromBlock, int toBlock) {
        for (int number = fromBlock; number < toBlock; number++) {
            out.putDouble(penalty[number]).putDouble(squaredNorm[number]).put((byte) (isFinite[number] ? 1 : 0));
        }
    }

    /** Takes what another worker wrote for these blocks. */
    public void read(ByteBuffer in, int fromBlock, int toBlock) {
        for (int number = fromBlock; number < toBlock; number++) {
            penalty[number] = in.getDouble();
            squaredNorm[number] = in.getDouble();
            isFinite[number] = in.get() != 0;
        }
    }
}
