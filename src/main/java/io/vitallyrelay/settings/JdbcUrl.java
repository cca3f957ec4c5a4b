package io.vitallyrelay.settings;

/** The address of a database, as its driver takes it. */
record JdbcUrl() implements Kind<String> {
    private static final String SCHEME = "jdbc:";

    @Override
    public String parse(String text) throws NotAllowedException {
        String url = text.strip();
        if (!url.startsWith(SCHEME) || url.indexOf(':', SCHEME.length()) < 0) {
            throw new NotAllowedException(this);
        }
        return url;
    }

    @Override
    public String allowed() {
        return "a JDBC URL such as jdbc:postgresql://host:5432/database";
    }

    /** Some drivers take the password in it. */
    @Override
    public String shown(String text) {
        return Token.HIDDEN;
    }
}
