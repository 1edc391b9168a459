/** The page in a real browser, Debian's Chromium, driven through its DevTools protocol. */
@NullMarked
package io.wanstreams.gateway.browser;

import org.jspecify.annotations.NullMarked;
