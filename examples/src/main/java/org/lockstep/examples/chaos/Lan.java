package org.lockstep.examples.chaos;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.lockstep.examples.programs.Programs;

/**
 * A network of nodes on this machine: a bridge, and for each node a namespace whose one link to it can be cut. Packets are
 * then dropped both ways, and nobody is told. Needs {@code ip} of iproute2, and root.
 */
final class Lan implements AutoCloseable {

    private static final int NAMES = 36;
    private static final int SUBNETS = 250;

    private final String name;
    private final String subnet;
    private final List<String[]> toUndo = new ArrayList<>();

    private Lan() {
        long process = ProcessHandle.current().pid();
        name = "ls" + Long.toString(process, NAMES);
        subnet = "10.231." + (1 + process % SUBNETS) + ".";
    }

    /**
     * Makes the network.
     *
     * @throws IllegalStateException that says what is missing
     */
    static Lan of(int nodes) {
        Lan lan = new Lan();
        try {
            lan.make(nodes);
            return lan;
        } catch (IllegalStateException e) {
            lan.close();
            throw e;
        }
    }

    private void make(int nodes) {
        add(List.of("ip", "link", "add", name, "type", "bridge"), List.of("ip", "link", "del", name));
        Programs.run("ip", "addr", "add", host() + "/24", "dev", name);
        Programs.run("ip", "link", "set", name, "up");
        for (int node = 0; node < nodes; node++) {
            add(List.of("ip", "netns", "add", space(node)), List.of("ip", "netns", "del", space(node)));
            add(
                    List.of(
                            "ip",
                            "link",
                            "add",
                            link(node),
                            "type",
                            "veth",
                            "peer",
                            "name",
                            "eth0",
                            "netns",
                            space(node)),
                    List.of("ip", "link", "del", link(node)));
            Programs.run("ip", "link", "set", link(node), "master", name, "up");
            Programs.run("ip", "-n", space(node), "link", "set", "lo", "up");
            Programs.run("ip", "-n", space(node), "addr", "add", host(node) + "/24", "dev", "eth0");
            Programs.run("ip", "-n", space(node), "link", "set", "eth0", "up");
        }
    }

    private void add(List<String> make, List<String> undo) {
        Programs.run(make.toArray(String[]::new));
        toUndo.add(undo.toArray(String[]::new));
    }

    private String space(int node) {
        return name + "-" + node;
    }

    private String link(int node) {
        return name + "v" + node;
    }

    /** The address of this process. */
    String host() {
        return subnet + "1";
    }

    /** The address of a node. */
    String host(int node) {
        return subnet + (node + 2);
    }

    /** The words before a command that run it on a node. */
    List<String> on(int node) {
        return List.of("ip", "netns", "exec", space(node));
    }

    void cut(int node) {
        Programs.run("ip", "link", "set", link(node), "down");
    }

    void mend(int node) {
        Programs.run("ip", "link", "set", link(node), "up");
    }

    /** Takes all of it away; nobody may be on a node any more. */
    @Override
    public void close() {
        Collections.reverse(toUndo);
        for (String[] command : toUndo) {
            try {
                Programs.run(command);
            } catch (IllegalStateException e) {
                System.err.println("chaos: " + e.getMessage());
            }
        }
        toUndo.clear();
    }
}
