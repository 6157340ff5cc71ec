package org.lockstep.driver.page;

import java.util.ArrayList;
import java.util.List;
import org.lockstep.driver.markup.Figures;
import org.lockstep.driver.markup.Markup;
import org.lockstep.report.EpochLogs;

/** All logs of all epochs. */
final class LogTable {

    private LogTable() {}

    static void write(Markup page, List<EpochLogs> epochs) {
        List<String> names = epochs.stream()
                .flatMap(each -> each.logs().keySet().stream())
                .distinct()
                .toList();
        List<String> heads = new ArrayList<>(names);
        heads.add(0, "epoch");
        List<List<String>> rows = new ArrayList<>();
        for (EpochLogs each : epochs) {
            List<String> row = new ArrayList<>();
            row.add(String.valueOf(each.epoch() + 1));
            for (String name : names) {
                Double value = each.logs().get(name);
                row.add(value == null ? "–" : Figures.value(value));
            }
            rows.add(row);
        }
        Table.folded(page, "Values by epoch", heads, rows);
    }
}
