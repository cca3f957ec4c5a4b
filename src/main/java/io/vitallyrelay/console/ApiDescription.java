package io.vitallyrelay.console;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/** Adds to the description at {@code /q/openapi} what the code does not tell: titles, errors and how to log in. */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class ApiDescription implements OASFilter {
    private static final String ERROR = "Error";
    private static final String JSON = "application/json";
    private static final Map<String, String> TITLES = Map.ofEntries(
            Map.entry("GET /api/audit", "What operators did"),
            Map.entry("GET /api/batches", "The last requests to Vitally"),
            Map.entry("GET /api/dead-letters", "What was not accepted, a page of it"),
            Map.entry("GET /api/dead-letters/{id}", "One dead letter"),
            Map.entry("GET /api/dead-letters/export", "Dead letters as one file"),
            Map.entry("GET /api/dead-letters/groups", "Dead letters by their trouble"),
            Map.entry("POST /api/dead-letters/discard", "Give dead letters up"),
            Map.entry("POST /api/dead-letters/replay", "Take dead letters again"),
            Map.entry("GET /api/integrations", "What each integration does, and why"),
            Map.entry("GET /api/jobs", "Replays and discards"),
            Map.entry("GET /api/jobs/{id}", "One of them"),
            Map.entry("POST /api/jobs/{id}/cancel", "End one before its next letters"),
            Map.entry("GET /api/lanes", "What lanes and gate do"),
            Map.entry("POST /api/lanes/hold", "Stop sending"),
            Map.entry("POST /api/lanes/release", "Send again"),
            Map.entry("GET /api/ledger", "What became of all that was read"),
            Map.entry("POST /api/login", "Begin a session"),
            Map.entry("POST /api/logout", "End the session"),
            Map.entry("GET /api/me", "Who is logged in"),
            Map.entry("GET /api/tables", "How polls of tables go"),
            Map.entry("POST /api/tables/{integration}/reset", "Begin a table anew"),
            Map.entry("GET /api/tap", "The last messages"));
    private static final Map<String, String> ERRORS = Map.of(
            "400", "what is asked for makes no sense; error says why",
            "401", "a login is needed",
            "403", "the user may not do that, or another page sent it");

    @Override
    public void filterOpenAPI(OpenAPI api) {
        Schema error = OASFactory.createSchema()
                .addType(Schema.SchemaType.OBJECT)
                .addProperty("error", OASFactory.createSchema().addType(Schema.SchemaType.STRING));
        api.getComponents()
                .addSchema(ERROR, error)
                .addSecurityScheme(
                        "program",
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("basic"))
                .addSecurityScheme(
                        "session",
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.APIKEY)
                                .in(SecurityScheme.In.COOKIE)
                                .name(Sessions.COOKIE)
                                .description("POST needs the header X-CSRF-Token too, with csrf of GET /api/me"));
        api.setSecurity(List.of(
                OASFactory.createSecurityRequirement().addScheme("program"),
                OASFactory.createSecurityRequirement().addScheme("session")));
        api.getPaths().getPathItems().forEach(ApiDescription::describe);
    }

    private static void describe(String path, PathItem item) {
        item.getOperations().forEach((method, operation) -> describe(method + " " + path, operation));
    }

    private static void describe(String name, Operation operation) {
        if (TITLES.containsKey(name)) {
            operation.setSummary(TITLES.get(name));
        }
        ERRORS.forEach((status, meaning) -> operation.getResponses().addAPIResponse(status, error(meaning)));
    }

    private static APIResponse error(String meaning) {
        return OASFactory.createAPIResponse()
                .description(meaning)
                .content(OASFactory.createContent()
                        .addMediaType(
                                JSON,
                                OASFactory.createMediaType()
                                        .schema(OASFactory.createSchema().ref(ERROR))));
    }
}
