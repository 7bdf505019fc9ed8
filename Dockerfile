# syntax=docker/dockerfile:1
# Zhiwen as a container: built with a JDK, run with a JRE of the same version, as a user who owns nothing in it.

FROM maven:3.9.16-eclipse-temurin-25-noble AS build
WORKDIR /build
COPY . .
RUN --mount=type=cache,target=/m2 \
    mvn -Dmaven.repo.local=/m2 --batch-mode --no-transfer-progress -Dmaven.test.skip=true -Dspotless.check.skip=true package
WORKDIR /build/backend/target/app
# The databases of other systems stay behind, and what is native is unpacked here: so nothing that can be written later
# needs to be executable.
RUN rm lib/embedded-postgres-binaries-darwin-* lib/embedded-postgres-binaries-windows-* \
        lib/embedded-postgres-binaries-linux-amd64-alpine-* \
    && case "$(uname -m)" in x86_64) machine=linux-x64 ;; aarch64) machine=linux-aarch64 ;; esac \
    && mkdir native && cd native \
    && jar --extract --file "$(ls ../lib/onnxruntime-[0-9]*.jar)" "ai/onnxruntime/native/$machine" \
    && mv ai/onnxruntime/native/*/* . && rm -r ai

FROM eclipse-temurin:25.0.4_7-jre-noble
ENV ZHIWEN_DATA=/data \
    ZHIWEN_ADDRESS=0.0.0.0 \
    ZHIWEN_PORT=8080 \
    PATH=/opt/zhiwen:$PATH
# Tesseract reads scanned pages; it is all that is added to the base
RUN apt-get update -qq \
    && apt-get install -y -qq --no-install-recommends tesseract-ocr tesseract-ocr-chi-sim tesseract-ocr-chi-tra \
    && rm -rf /var/lib/apt/lists/*
RUN groupadd --gid 10001 zhiwen \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin zhiwen \
    && install --directory --owner=10001 --group=10001 --mode=0700 /data /originals
COPY --from=build /build/backend/target/app /opt/zhiwen
# One start in a throw-away folder, as the user it runs as later; Java keeps the classes it loaded, so later starts are
# quick. The file belongs to root, as all of /opt/zhiwen.
RUN install --directory --owner=10001 --group=10001 /tmp/start \
    && setpriv --reuid=10001 --regid=10001 --clear-groups zhiwen learn /tmp/start/zhiwen.aot \
    && install --mode=0644 /tmp/start/zhiwen.aot /opt/zhiwen/zhiwen.aot \
    && rm -rf /tmp/start
USER 10001:10001
WORKDIR /data
EXPOSE 8080
VOLUME ["/data"]
HEALTHCHECK --interval=5s --timeout=6s --start-period=120s --retries=3 CMD ["zhiwen", "health"]
ENTRYPOINT ["zhiwen"]
CMD ["serve"]
