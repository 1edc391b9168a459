package io.wanstreams.transport.verify;

/**
 * Something that breaks a rule.
 *
 * @param subject a job's id, a topic or a transactional id
 * @param text one sentence: where, what was found, what was expected
 */
public record Finding(Rule rule, String subject, String text) {}
