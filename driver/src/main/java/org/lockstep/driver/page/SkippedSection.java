package org.lockstep.driver.page;

import java.util.List;
import org.lockstep.driver.markup.Markup;
import org.lockstep.report.SkippedRecords;

/** Which records were too broken to be trained or judged on. */
final class SkippedSection {

    private SkippedSection() {}

    static void write(Markup page, SkippedRecords skipped) {
        if (skipped.count() == 0) {
            return;
        }
        page.start("section").leaf("h2", "Bad records");
        int listed = skipped.first().size();
        page.leaf(
                "p",
                skipped.count() + " bad records were left out of batches."
                        + (listed < skipped.count() ? " The first " + listed + " are listed." : ""));
        Table.folded(
                page,
                "Bad records",
                List.of("record"),
                skipped.first().stream().map(List::of).toList());
        page.end();
    }
}
