package org.lockstep.executor.rendezvous;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.executor.Kernel;
import org.lockstep.executor.exchange.CanonicalTree;
import org.lockstep.executor.exchange.Crew;
import org.lockstep.executor.exchange.Meeting;
import org.lockstep.executor.exchange.ShardRange;

/**
 * Who takes part in an attempt, and what it begins with.
 *
 * @param version of the state; an executor that holds it need not fetch it
 * @param members the executors, by rank
 * @param deal shards of each worker; empty where they are dealt evenly
 */
public record Table(long version, long iterations, double learningRate, List<Member> members, List<Integer> deal) {

    private static final int MOST = 1 << 16;

    /**
     * An executor.
     *
     * @param tasks its tasks, in the order of their workers' numbers
     * @param kernel what it computes with
     */
    public record Member(String executor, Meeting.Address address, List<Integer> tasks, Kernel kernel) {
        public Member {
            tasks = List.copyOf(tasks);
        }

        /** For a reader. */
        String place() {
            return "executor %s (%s)".formatted(executor, address.host());
        }
    }

    public Table {
        members = List.copyOf(members);
        deal = List.copyOf(deal);
    }

    /**
     * The executors of some tasks, in the order of their names: the same executors have the same ranks again and again, and
     * so their shards' queues and their slices, wherever Spark puts which task.
     */
    static List<Member> members(List<Registration> all) {
        Map<Meeting.Address, List<Registration>> byAddress = new LinkedHashMap<>();
        all.stream()
                .sorted(Comparator.comparing(
                                (Registration one) -> one.executor().length())
                        .thenComparing(Registration::executor)
                        .thenComparing(Registration::task))
                .forEach(one -> byAddress
                        .computeIfAbsent(new Meeting.Address(one.host(), one.port()), key -> new ArrayList<>())
                        .add(one));
        List<Member> members = new ArrayList<>();
        byAddress.forEach((address, tasks) -> members.add(new Member(
                tasks.get(0).executor(),
                address,
                tasks.stream().map(Registration::task).toList(),
                tasks.get(0).kernel())));
        return members;
    }

    /** How many workers each executor has. */
    public Crew crew() {
        return new Crew(members.stream().map(member -> member.tasks().size()).toList(), deal);
    }

    /** The rank of the executor that a task runs on. */
    public int rank(int task) {
        for (int rank = 0; rank < members.size(); rank++) {
            if (members.get(rank).tasks().contains(task)) {
                return rank;
            }
        }
        throw new IllegalArgumentException("Invalid `task`: not one of the attempt's. Received: " + task);
    }

    /** The number of a task's worker. */
    public int worker(int task) {
        int rank = rank(task);
        return crew().first(rank) + members.get(rank).tasks().indexOf(task);
    }

    /** What each executor computes with. */
    public Map<String, Kernel> kernels() {
        Map<String, Kernel> kernels = new LinkedHashMap<>();
        members.forEach(member -> kernels.put(member.place(), member.kernel()));
        return kernels;
    }

    /** The shards of an executor's workers; null where it has none. */
    @Nullable
    ShardRange shards(String executor, CanonicalTree tree) {
        for (int rank = 0; rank < members.size(); rank++) {
            if (members.get(rank).executor().equals(executor)) {
                return crew().shards(tree, rank);
            }
        }
        return null;
    }

    List<Meeting.Address> addresses() {
        return members.stream().map(Member::address).toList();
    }

    List<String> places() {
        return members.stream().map(Member::place).toList();
    }

    ByteBuffer message() {
        int bytes = 4 * Long.BYTES + Integer.BYTES * (1 + deal.size());
        for (Member member : members) {
            bytes += 4 * Integer.BYTES
                    + Call.bytes(member.executor()).length
                    + Call.bytes(member.address().host()).length
                    + Integer.BYTES * member.tasks().size()
                    + KernelText.bytes(member.kernel());
        }
        ByteBuffer out = ByteBuffer.allocate(bytes)
                .putLong(version)
                .putLong(iterations)
                .putDouble(learningRate)
                .putInt(members.size());
        for (Member member : members) {
            Call.put(out, Call.bytes(member.executor()));
            Call.put(out, Call.bytes(member.address().host()));
            out.putInt(member.address().port()).putInt(member.tasks().size());
            member.tasks().forEach(out::putInt);
            KernelText.put(out, member.kernel());
        }
        out.putInt(deal.size());
        deal.forEach(out::putInt);
        return out.flip();
    }

    static Table read(ByteBuffer in) {
        long version = in.getLong();
        long iterations = in.getLong();
        double rate = in.getDouble();
        int count = count(in);
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String executor = Call.text(in);
            Meeting.Address address = new Meeting.Address(Call.text(in), in.getInt());
            int size = count(in);
            List<Integer> tasks = new ArrayList<>();
            for (int j = 0; j < size; j++) {
                tasks.add(in.getInt());
            }
            members.add(new Member(executor, address, tasks, KernelText.read(in)));
        }
        int dealt = in.getInt();
        if (dealt < 0 || dealt > MOST) {
            throw new IllegalArgumentException("a deal for " + dealt + " workers");
        }
        List<Integer> deal = new ArrayList<>();
        for (int i = 0; i < dealt; i++) {
            deal.add(in.getInt());
        }
        return new Table(version, iterations, rate, members, deal);
    }

    private static int count(ByteBuffer in) {
        int count = in.getInt();
        if (count < 1 || count > MOST) {
            throw new IllegalArgumentException("a count of " + count);
        }
        return count;
    }
}
