package io.vitallyrelay.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "groups",
        description = "Counts the dead letters by integration, code, status and reason, most letters first.")
final class GroupsCommand implements Callable<Integer> {
    @Mixin
    private ServiceOption service;

    @Mixin
    private FilterOptions filter;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() throws CommandException, InterruptedException {
        String path = DeadLetterGroups.path(filter.filter());
        System.out.println(
                json.isAsked()
                        ? JsonOption.text(service.client().tree(path))
                        : service.client().get(path, DeadLetterGroups.class));
        return 0;
    }
}
