/// What is promised of `docker-compose.yml`, the Dockerfile and `./run server`, held without a
/// container engine: the files are read, and the same programs run with the same flags.
@NullMarked
package io.zhiwen.deploy;

import org.jspecify.annotations.NullMarked;
