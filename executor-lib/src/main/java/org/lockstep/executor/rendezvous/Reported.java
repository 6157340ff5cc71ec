package org.lockstep.executor.rendezvous;

import java.nio.ByteBuffer;
import org.lockstep.report.StepReport;
import org.lockstep.report.Timing;

/** A step's report as bytes. */
final class Reported {

    private static final int FIXED = 3 * Integer.BYTES + 5 * Long.BYTES;

    private Reported() {}

    static ByteBuffer message(int attempt, StepReport report) {
        double[] metrics = report.metrics();
        ByteBuffer out = Call.REPORT.head(attempt, FIXED + Double.BYTES * metrics.length);
        out.putInt(report.epoch())
                .putInt(report.step())
                .putLong(report.samples())
                .putDouble(report.loss());
        Timing timing = report.timing();
        out.putLong(timing.compute()).putLong(timing.exchange()).putLong(timing.stall());
        out.putInt(metrics.length);
        for (double metric : metrics) {
            out.putDouble(metric);
        }
        return out.flip();
    }

    static StepReport read(ByteBuffer in) {
        int epoch = in.getInt();
        int step = in.getInt();
        long samples = in.getLong();
        double loss = in.getDouble();
        Timing timing = new Timing(in.getLong(), in.getLong(), in.getLong());
        int count = in.getInt();
        if (count < 0 || count * (long) Double.BYTES != in.remaining()) {
            throw new IllegalArgumentException("a report of " + count + " metrics");
        }
        double[] metrics = new double[count];
        for (int i = 0; i < count; i++) {
            metrics[i] = in.getDouble();
        }
        return new StepReport(epoch, step, samples, loss, metrics, timing);
    }
}
