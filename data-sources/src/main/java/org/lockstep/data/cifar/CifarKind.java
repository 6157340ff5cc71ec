package org.lockstep.data.cifar;

/** Which label of which data set, and so the layout of a record: label bytes, then 3072 pixels. */
enum CifarKind {
    /** One label of 10 classes. */
    CIFAR10(1, 0, 10),
    /** Of the coarse and the fine label, the fine one: 100 classes. */
    CIFAR100_FINE(2, 1, 100),
    /** Of the coarse and the fine label, the coarse one: 20 classes. */
    CIFAR100_COARSE(2, 0, 20);

    static final int SIDE = 32;
    static final int CHANNELS = 3;
    static final int PIXELS = SIDE * SIDE * CHANNELS;

    private final int labels;
    private final int label;
    private final int classes;

    CifarKind(int labels, int label, int classes) {
        this.labels = labels;
        this.label = label;
        this.classes = classes;
    }

    /** The bytes before the pixels. */
    int labels() {
        return labels;
    }

    /** The place of the label that becomes y. */
    int label() {
        return label;
    }

    int classes() {
        return classes;
    }

    /** The bytes of a record. */
    int record() {
        return labels + PIXELS;
    }
}
