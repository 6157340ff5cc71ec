package org.lockstep.conf.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.Names;
import org.lockstep.keras.NotSupportedException;

/**
 * One of Keras's families (initializers, losses, …) in the plain forms by which a member is identified.
 *
 * <p>The forms: a name; {@code {class_name, config}} as Keras writes it; {@code {name: value, …}} with the member's first
 * argument and others; {@code {name: {…}}} with all its arguments.
 */
final class Identified<T> {

    /** A member: its class name in Keras, the argument that the short form gives, and how it is made. */
    record Member<T>(String className, String firstArgument, Function<Arguments, ? extends T> make) {}

    private final String family;
    private final Function<String, ? extends T> byName;
    private final Map<String, Member<T>> members = new LinkedHashMap<>();

    /**
     * @param family for errors, {@code "initializer"}
     * @param byName the member of a name with its defaults; refuses unknown names in Keras's words
     */
    Identified(String family, Function<String, ? extends T> byName) {
        this.family = family;
        this.byName = byName;
    }

    Identified<T> member(String className, String firstArgument, Function<Arguments, ? extends T> make) {
        Member<T> member = new Member<>(className, firstArgument, make);
        members.put(className, member);
        members.put(Names.snakeCase(className), member);
        return this;
    }

    /** Another short name of a member. */
    void alias(String alias, String className) {
        members.put(alias, find(className));
    }

    /** The member that a value identifies. */
    T read(String argument, @Nullable Object value) {
        if (value instanceof String name) {
            return byName.apply(name);
        }
        if (value instanceof Map<?, ?>) {
            Map<String, @Nullable Object> map = Plain.object(argument, value);
            return map.containsKey("class_name") ? serialized(argument, map) : brief(argument, map);
        }
        throw new IllegalArgumentException(
                "Could not interpret %s identifier: %s".formatted(family, Plain.repr(value)));
    }

    private T serialized(String argument, Map<String, @Nullable Object> map) {
        Serialized object = Serialized.of(argument, map);
        return make(find(object.className()), object.config());
    }

    private T brief(String argument, Map<String, @Nullable Object> map) {
        if (map.isEmpty()) {
            throw new IllegalArgumentException("Could not interpret %s identifier: {}".formatted(family));
        }
        String name = map.keySet().iterator().next();
        Member<T> member = find(name);
        Map<String, @Nullable Object> others = new LinkedHashMap<>(map);
        Object first = others.remove(name);
        if (first instanceof Map<?, ?> && others.isEmpty()) {
            return make(member, Plain.object(argument, first));
        }
        Map<String, @Nullable Object> config = new LinkedHashMap<>();
        if (first != null) {
            config.put(member.firstArgument(), first);
        }
        config.putAll(others);
        return make(member, config);
    }

    private Member<T> find(String name) {
        Member<T> member = members.get(name);
        if (member != null) {
            return member;
        }
        List<String> names = new ArrayList<>(members.keySet());
        throw new NotSupportedException("Could not interpret %s identifier: %s is not one of the supported classes.%s"
                .formatted(family, name, Nearest.suggestion(name, names)));
    }

    private T make(Member<T> member, Map<String, @Nullable Object> config) {
        Arguments arguments = new Arguments(member.className(), config);
        T made = member.make().apply(arguments);
        arguments.end();
        return made;
    }
}
