package org.lockstep.conf.json;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.lockstep.conf.DataConf;
import org.lockstep.conf.DataConf.Digits;
import org.lockstep.conf.DataConf.Idx;
import org.lockstep.conf.DataConf.Source;

/** The section {@code data} of a job file: {@code train} and {@code validation}, each one source with its arguments. */
final class JobData {

    private interface Kind {
        Source read(Arguments arguments, @Nullable Path folder);
    }

    private static final Map<String, Kind> KINDS = Map.of(
            "cifar10", JobImages::cifar10,
            "cifar100", JobImages::cifar100,
            "digits", (arguments, folder) -> digits(arguments),
            "idx", JobData::idx,
            "image_folder", JobImages::folder);

    private JobData() {}

    static DataConf data(Arguments a, @Nullable Path folder) {
        DataConf data = DataConf.of(a.required("train", (name, value) -> source(name, value, folder)));
        data = a.setUnlessNull(data, "validation", (name, value) -> source(name, value, folder), DataConf::validation);
        a.end();
        return data;
    }

    private static Source source(String part, @Nullable Object value, @Nullable Path folder) {
        return Place.in(part, () -> {
            Map<String, @Nullable Object> map = Plain.object(part, value);
            if (map.size() != 1) {
                throw new IllegalArgumentException("Invalid `%s`: must be one of %s with its arguments. Received: %s"
                        .formatted(part, String.join(", ", new TreeSet<>(KINDS.keySet())), Plain.repr(value)));
            }
            String name = map.keySet().iterator().next();
            Kind kind = KINDS.get(name);
            if (kind == null) {
                throw new IllegalArgumentException(
                        "Unknown data source: '%s'.%s".formatted(name, Nearest.suggestion(name, KINDS.keySet())));
            }
            Arguments arguments = new Arguments(name, Plain.object(name, map.get(name)));
            Source source = kind.read(arguments, folder);
            arguments.end();
            return source;
        });
    }

    private static Source digits(Arguments a) {
        Digits digits = Digits.of(a.required("samples", Value::wide));
        digits = a.set(digits, "seed", Value::wide, Digits::seed);
        return a.set(digits, "skip", Value::wide, Digits::skip);
    }

    private static Source idx(Arguments a, @Nullable Path folder) {
        Idx idx = Idx.of(
                resolved(a.required("images", Value::text), folder),
                resolved(a.required("labels", Value::text), folder));
        idx = a.setUnlessNull(idx, "classes", Value::integer, Idx::classes);
        idx = a.set(idx, "one_hot", Value::flag, Idx::oneHot);
        idx = a.set(idx, "skip", Value::wide, Idx::skip);
        return a.setUnlessNull(idx, "take", Value::wide, Idx::take);
    }

    /** A relative path within the folder; a URI and an absolute path as they are. */
    static String resolved(String path, @Nullable Path folder) {
        return folder == null || path.contains("://") || path.isBlank()
                ? path
                : folder.resolve(path).normalize().toString();
    }
}
