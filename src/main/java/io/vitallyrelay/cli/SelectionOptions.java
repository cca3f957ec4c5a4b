package io.vitallyrelay.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The letters that a command changes: named one by one, by what they have in common, or all of them. */
final class SelectionOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Parameters(paramLabel = "ID", arity = "0..*", description = "the ids of the letters")
    private List<Long> ids = new ArrayList<>();

    @Mixin
    private FilterOptions filter;

    @Option(names = "--all", description = "all dead letters")
    private boolean all;

    /** The ids, in their order and each once; none where a filter chooses. */
    Set<Long> ids() {
        return new LinkedHashSet<>(ids);
    }

    /**
     * @throws ParameterException unless one way of the three chooses
     * @throws CommandException where a filter is blank
     */
    void requireOne() throws CommandException {
        int ways = (ids.isEmpty() ? 0 : 1) + (filter.filter().isEmpty() ? 0 : 1) + (all ? 1 : 0);
        if (ways != 1) {
            throw wrong("which letters: name either their ids, or a filter such as --integration, or --all");
        }
    }

    ParameterException wrong(String why) {
        return new ParameterException(command.commandLine(), why);
    }

    /** As the body of a request chooses. */
    Map<String, Object> body() throws CommandException {
        Map<String, Object> body = new LinkedHashMap<>();
        if (ids.isEmpty()) {
            body.put("filter", filter.filter());
        } else {
            body.put("ids", ids().stream().map(id -> Long.toString(id)).toList());
        }
        return body;
    }

    /**
     * Tells which letters are meant and does nothing.
     *
     * @param deed what is done to how many letters, such as {@code discards %s}
     * @return why nothing was done
     */
    CommandException onlyTold(ServiceClient client, String deed) throws CommandException, InterruptedException {
        long meant = ids().size();
        if (ids.isEmpty()) {
            DeadLetterGroups groups = client.get(DeadLetterGroups.path(filter.filter()), DeadLetterGroups.class);
            System.out.println(groups);
            meant = groups.total();
        }
        return new CommandException(
                meant == 0
                        ? "there is no such dead letter: nothing to do"
                        : "this " + deed.formatted(DeadLetterGroups.letters(meant)) + "; --yes does it");
    }
}
