/// Here are addresses of a web site, give me its pages and files, as its `robots.txt` allows.
@NullMarked
package io.zhiwen.source.web;

import org.jspecify.annotations.NullMarked;
