package io.vitallyrelay.settings;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Names or addresses of hosts without ports, separated by commas. */
record HostNames() implements Kind<List<String>> {
    private static final Pattern NAME =
            Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_.])?|\\[[0-9a-fA-F:.]+]");

    @Override
    public List<String> parse(String text) throws NotAllowedException {
        List<String> names = Stream.of(text.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
        if (!names.stream().allMatch(name -> NAME.matcher(name).matches())) {
            throw new NotAllowedException(this);
        }
        return names;
    }

    @Override
    public List<String> none() {
        return List.of();
    }

    @Override
    public String allowed() {
        return "names or addresses of hosts, separated by commas, without ports";
    }
}
