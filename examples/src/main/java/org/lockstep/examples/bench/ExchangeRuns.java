package org.lockstep.examples.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lockstep.examples.bench.exchange.Link;
import org.lockstep.examples.bench.exchange.Load;
import org.lockstep.examples.bench.exchange.Measurement;
import org.lockstep.examples.bench.exchange.MemoryTransport;
import org.lockstep.examples.bench.exchange.Meter;
import org.lockstep.examples.bench.exchange.Namespaces;
import org.lockstep.examples.bench.exchange.Namespaces.RefusedException;
import org.lockstep.examples.bench.exchange.ProcessTransport;
import org.lockstep.examples.bench.exchange.SocketTransport;
import org.lockstep.examples.bench.exchange.Transport;
import org.lockstep.examples.bench.exchange.Workers;
import org.lockstep.examples.bench.side.BenchModel;

/**
 * Measures exchanges, one after the other.
 *
 * @param models networks
 * @param crews numbers of workers
 */
record ExchangeRuns(Settings settings, List<String> models, List<Integer> crews) {

    /** Everything that this machine can measure, printed as it comes. */
    List<Measurement> all(List<Link> slower, Processors processors) {
        print(ExchangeTables.head());
        List<Measurement> all = new ArrayList<>();
        all.addAll(measure(new MemoryTransport(), null));
        all.addAll(measure(new SocketTransport(), null));
        int most = Collections.max(crews);
        List<String> pin = processors.pin(processors.numbers().size());
        try (Workers workers = Workers.onLoopback(most, pin, true)) {
            all.addAll(measure(new ProcessTransport(Transport.ONE_MACHINE, workers), null));
        }
        try (Namespaces namespaces = Namespaces.open(most);
                Workers workers = Workers.in(namespaces, most, pin)) {
            say("processes: in " + workers.describe());
            all.addAll(measure(new ProcessTransport(Transport.PROCESSES, workers), null));
            for (Link link : slower) {
                all.addAll(shaped(namespaces, workers, link));
            }
        } catch (RefusedException e) {
            say("processes: on the loopback interface, without slower links: no network namespaces: " + e.getMessage());
            try (Workers workers = Workers.onLoopback(most, pin, false)) {
                all.addAll(measure(new ProcessTransport(Transport.PROCESSES, workers), null));
            }
        }
        return all;
    }

    private List<Measurement> shaped(Namespaces namespaces, Workers workers, Link link) {
        String title = "%s at %s Gb/s".formatted(Transport.PROCESSES, link.gigabits());
        try {
            boolean isDelayed = namespaces.shape(link);
            if (!isDelayed) {
                say(title + ": without delay: the kernel has no netem");
            }
            Link real = isDelayed ? link : new Link(link.gigabits(), 0);
            return measure(new ProcessTransport(title, workers), real);
        } catch (RefusedException e) {
            say(title + ": left out: " + e.getMessage());
            return List.of();
        }
    }

    private List<Measurement> measure(Transport transport, @Nullable Link link) {
        List<Measurement> measured = new ArrayList<>();
        for (String title : models) {
            BenchModel model = BenchModel.of(title);
            for (int workers : crews) {
                // One worker needs no link.
                if (workers > 1 || link == null) {
                    Measurement one = measure(transport, link, model, workers);
                    print(ExchangeTables.row(one));
                    measured.add(one);
                }
            }
        }
        return measured;
    }

    private Measurement measure(Transport transport, @Nullable Link link, BenchModel model, int workers) {
        int numbers = model.network().layout().gradientLength();
        Load load = transport.load(numbers, workers);
        List<Meter.Reading> readings = new ArrayList<>();
        try (Meter meter = transport.open(model, workers)) {
            for (int round = 0; round < settings.warmUps() + settings.pairs(); round++) {
                Meter.Reading reading = meter.read(settings.steps());
                if (round >= settings.warmUps()) {
                    readings.add(reading);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Cannot measure the exchange: interrupted", e);
        }
        return new Measurement(transport.title(), model.title(), numbers, workers, load, link, readings);
    }

    private void say(String line) {
        print(line + System.lineSeparator());
    }

    private void print(String text) {
        settings.out().print(text);
        settings.out().flush();
    }
}
