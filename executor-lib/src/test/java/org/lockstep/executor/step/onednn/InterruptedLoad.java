package org.lockstep.executor.step.onednn;

/** What a process of {@link NativesTest} does: it needs natives in a thread that somebody interrupts. */
final class InterruptedLoad {

    private InterruptedLoad() {}

    public static void main(String[] arguments) {
        Thread.currentThread().interrupt();
        String description = new OnednnProvider().describe();
        System.out.println(description + (Thread.interrupted() ? ", interrupted" : ""));
    }
}
