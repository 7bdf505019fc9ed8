package io.zhiwen.source.dav;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.servlets.WebdavServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.webresources.StandardRoot;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/// A real WebDAV server on this machine, Tomcat's, over a folder; it wants a name and password.
public final class DavServer implements AutoCloseable {

    public static final String USER = "梅";
    public static final String PASSWORD = "pw-7f3a";

    final List<String> asked = new CopyOnWriteArrayList<>();
    private final Tomcat tomcat = new Tomcat();

    public DavServer(Path folder, Path work) throws LifecycleException {
        tomcat.setBaseDir(work.toString());
        tomcat.setPort(0);
        tomcat.getConnector()
                .setProperty("address", InetAddress.getLoopbackAddress().getHostAddress());
        Context context = tomcat.addContext("", folder.toString());
        var files = new StandardRoot(context);
        files.setCachingAllowed(false);
        context.setResources(files);
        var dav = Tomcat.addServlet(context, "dav", new WebdavServlet());
        dav.addInitParameter("listings", "true");
        dav.addMapping("/*");
        var door = new FilterDef();
        door.setFilterName("door");
        door.setFilter(door());
        context.addFilterDef(door);
        var all = new FilterMap();
        all.setFilterName("door");
        all.addURLPattern("/*");
        context.addFilterMap(all);
        tomcat.start();
    }

    private Filter door() {
        String right =
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString(
                                        (USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        return (request, response, next) -> {
            var http = (HttpServletRequest) request;
            asked.add(http.getMethod() + " " + http.getRequestURI());
            if (right.equals(http.getHeader("Authorization"))) {
                next.doFilter(request, response);
            } else {
                ((HttpServletResponse) response).sendError(401);
            }
        };
    }

    public String url(String path) {
        return "http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + path;
    }

    @Override
    public void close() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }
}
