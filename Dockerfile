# Untested: no container engine ran this file where it was written. It is what `mvn package` makes,
# on a Java runtime, as an unprivileged user; docs/operations.md says how it is meant to be used.

FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /build
COPY pom.xml ./
RUN mvn -q -B dependency:go-offline || true
COPY . ./
RUN mvn -q -B package -DskipTests

FROM eclipse-temurin:25-jre
# A name for the user: initdb of the managed PostgreSQL asks for one.
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin plenary \
 && install -d -m 0700 -o plenary -g plenary /var/lib/plenary
COPY --from=build /build/target/plenary /opt/plenary
USER 10001
ENV PLENARY_DATA_DIR=/var/lib/plenary \
    PLENARY_MANAGEMENT_HOST=0.0.0.0
VOLUME /var/lib/plenary
EXPOSE 8080 8081
STOPSIGNAL SIGTERM
ENTRYPOINT ["/opt/plenary/bin/plenary"]
