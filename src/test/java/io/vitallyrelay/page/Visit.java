package io.vitallyrelay.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Somebody who looks at the page, and what went wrong meanwhile that a page must not do. */
final class Visit implements AutoCloseable {
    private final BrowserContext context;
    private final Page page;
    private final String address;
    private final List<String> troubles = new ArrayList<>();

    Visit(BrowserContext context, String address) {
        this.context = context;
        this.address = address;
        this.page = context.newPage();
        page.onConsoleMessage(message -> {
            if (List.of("error", "warning").contains(message.type())) {
                troubles.add(message.text());
            }
        });
        page.onPageError(troubles::add);
        page.onDialog(dialog -> {
            troubles.add("a dialog: " + dialog.message());
            dialog.dismiss();
        });
        page.onRequest(request -> {
            if (!request.url().startsWith(address) && !request.url().startsWith("data:")) {
                troubles.add("a request to " + request.url());
            }
        });
    }

    Page page() {
        return page;
    }

    /** Errors and warnings of the console, exceptions, dialogs, and requests to other hosts. */
    List<String> troubles() {
        return List.copyOf(troubles);
    }

    /** @param place such as {@code letters/12} */
    Visit open(String place) {
        page.navigate(address + "/#/" + place);
        return this;
    }

    Locator heading(String text) {
        return page.getByRole(
                AriaRole.HEADING,
                new Page.GetByRoleOptions().setName(text).setExact(true).setLevel(1));
    }

    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    Locator link(Pattern name) {
        return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name));
    }

    /** The only letter of the list. */
    Locator onlyLetter() {
        Locator letters = page.getByRole(
                        AriaRole.REGION,
                        new Page.GetByRoleOptions().setName("Dead letters").setExact(true))
                .getByRole(AriaRole.LINK);
        assertThat(letters).hasCount(1);
        return letters;
    }

    /** The figure of the funnel, such as that of {@code delivered}. */
    Locator figure(String stage) {
        return page.locator(".stage." + stage + " .figure");
    }

    Locator dialog() {
        return page.getByRole(AriaRole.DIALOG);
    }

    /** The button of a dialog. */
    Locator dialogButton(String name) {
        return dialog().getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    @Override
    public void close() {
        context.close();
    }
}
