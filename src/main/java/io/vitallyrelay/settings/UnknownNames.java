package io.vitallyrelay.settings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds configured names that look like settings and are none. Their values are never looked at, as each may be a
 * misspelled token.
 */
final class UnknownNames {
    /** Up to this far from a setting, a variable is a misspelling and not one that something else put there. */
    private static final int MISSPELLED_VARIABLE = 2;

    private final List<String> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    private final List<Setting<?>> known = new ArrayList<>(SettingsTable.ALL);

    /** @param dataSources those of which anything is configured */
    UnknownNames(Map<String, String> configured, Collection<DataSourceGroup> dataSources) {
        dataSources.forEach(group -> known.addAll(group.all()));
        boolean unknownKey = false;
        for (Map.Entry<String, String> entry : new TreeMap<>(configured).entrySet()) {
            String name = entry.getKey();
            if (name.startsWith("vitally.") || name.startsWith("relay.")) {
                unknownKey |= !isVariableInDots(name, configured) && refuseUnknownKey(name, entry.getValue());
            } else if (name.startsWith("VITALLY_") || name.startsWith("RELAY_")) {
                judgeVariable(name);
            }
        }
        if (unknownKey) {
            problems.add("known settings: "
                    + Stream.concat(SettingsTable.ALL.stream(), DataSourceGroup.DOCUMENTED.all().stream())
                            .map(Setting::key)
                            .collect(Collectors.joining(", ")));
        }
    }

    List<String> problems() {
        return problems;
    }

    List<String> warnings() {
        return warnings;
    }

    /** Configuration libraries list a variable a second time, as the property that it might stand for. */
    private static boolean isVariableInDots(String name, Map<String, String> configured) {
        return configured.containsKey(Setting.variable(name));
    }

    private boolean refuseUnknownKey(String name, String source) {
        Near near = nearest(name, Setting::key);
        if (near.distance == 0) {
            return false;
        }
        String hint = near.distance <= name.length() / 3 ? ", did you mean " + near.name + "?" : "";
        problems.add(OneLine.of(name) + " (" + OneLine.of(source) + "): is not a setting" + hint);
        return true;
    }

    /** Kubernetes sets variables such as VITALLY_SERVICE_HOST for a service named vitally: these must not stop us. */
    private void judgeVariable(String name) {
        Near near = nearest(name, Setting::variable);
        if (near.distance == 0) {
            return;
        }
        String line = OneLine.of(name) + " (environment): is not a setting";
        if (near.distance <= MISSPELLED_VARIABLE) {
            problems.add(line + ", did you mean " + near.name + "?");
        } else {
            warnings.add(line + " and has no effect");
        }
    }

    private Near nearest(String name, Function<Setting<?>, String> spelling) {
        Optional<Near> nearest = known.stream()
                .map(spelling)
                .map(known -> new Near(known, EditDistance.between(name, known)))
                .min(Comparator.comparingInt(Near::distance));
        return nearest.orElseThrow();
    }

    private record Near(String name, int distance) {}
}
