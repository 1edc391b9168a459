package io.wanstreams.gateway.request;

import io.wanstreams.contracts.request.ColorTone;
import io.wanstreams.contracts.request.Composition;
import io.wanstreams.contracts.request.Lighting;
import io.wanstreams.contracts.request.ModelDefaults;
import io.wanstreams.contracts.request.PromptSpec;
import io.wanstreams.contracts.request.PromptTemplate;
import org.jspecify.annotations.Nullable;

/** Words: a prompt or the template's parts, a negative prompt, and looks of closed lists. */
final class PromptRule {

    private final RequestLimits limits;

    PromptRule(RequestLimits limits) {
        this.limits = limits;
    }

    PromptSpec resolve(RequestDraft draft, ModelDefaults defaults, boolean fromImage) {
        String prompt = prompt(draft, fromImage);
        String negative = draft.negativePrompt() == null ? defaults.negativePrompt() : draft.negativePrompt();
        refuseTooLong("negative_prompt", negative, limits.negativePromptChars());
        return new PromptSpec(
                prompt,
                negative,
                Choice.orNull("lighting", draft.lighting(), Lighting::parse),
                Choice.orNull("composition", draft.composition(), Composition::parse),
                Choice.orNull("color_tone", draft.colorTone(), ColorTone::parse));
    }

    /** The same looks and negative prompt with another prompt. */
    PromptSpec remix(PromptSpec original, @Nullable String prompt) {
        if (prompt == null || prompt.isBlank()) {
            throw new RefusedException(new Refusal(
                    "prompt", Refusal.MISSING, "prompt says what the remix shows; it is empty or missing."));
        }
        refuseTooLong("prompt", prompt, limits.promptChars());
        return new PromptSpec(
                prompt, original.negativePrompt(), original.lighting(), original.composition(), original.colorTone());
    }

    private String prompt(RequestDraft draft, boolean fromImage) {
        String param = draft.subject() == null ? "prompt" : "subject";
        String part = partWithoutSubject(draft);
        if (part != null) {
            throw new RefusedException(
                    new Refusal("subject", Refusal.MISSING, part + " belongs to the template, which needs a subject."));
        }
        if (draft.subject() != null && draft.prompt() != null) {
            throw RefusedException.invalid("subject", "Give a prompt or the template's parts, not both.");
        }
        String prompt = draft.subject() == null
                ? draft.prompt()
                : new PromptTemplate(draft.subject(), draft.action(), draft.environment(), draft.style()).text();
        if (prompt == null || prompt.isBlank()) {
            if (fromImage) {
                return "";
            }
            throw new RefusedException(new Refusal(
                    "prompt", Refusal.MISSING, "prompt says what the video shows; it is empty or missing."));
        }
        refuseTooLong(param, prompt, limits.promptChars());
        return prompt;
    }

    private static @Nullable String partWithoutSubject(RequestDraft draft) {
        if (draft.subject() != null) {
            return null;
        }
        if (draft.action() != null) {
            return "action";
        }
        if (draft.environment() != null) {
            return "environment";
        }
        return draft.style() != null ? "style" : null;
    }

    private static void refuseTooLong(String param, String text, int limitChars) {
        int chars = text.codePointCount(0, text.length());
        if (chars > limitChars) {
            throw RefusedException.invalid(
                    param, param + " has at most " + limitChars + " characters, found " + chars + ".");
        }
    }
}
