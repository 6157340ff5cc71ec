package org.lockstep.data;

/** What happens where one record of a source is broken, such as an image cut short. */
public enum OnBadRecord {
    /** The run ends with an error that names the record. */
    FAIL("fail"),
    /** The record is left out of its batch, which is that much smaller. */
    SKIP("skip");

    private final String value;

    OnBadRecord(String value) {
        this.value = value;
    }

    /** fail or skip. */
    public static OnBadRecord of(String value) {
        for (OnBadRecord choice : values()) {
            if (choice.value.equals(value)) {
                return choice;
            }
        }
        throw new IllegalArgumentException(
                "Invalid `on_bad_record`: must be \"fail\" or \"skip\". Received: \"" + value + "\"");
    }
}
