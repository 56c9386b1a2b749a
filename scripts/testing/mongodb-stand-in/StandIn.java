import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.util.List;

/**
 * Speaks MongoDB's protocol on loopback. StandIn PORT listens there until it is stopped; StandIn alone listens on a free port, prints
 * its URL, and ends with its standard input.
 */
public class StandIn {
    public static void main(String[] arguments) throws Exception {
        MongoServer server = new MongoServer(new MemoryBackend().version(new CurrentVersion()));
        if (arguments.length > 0) {
            server.bind("127.0.0.1", Integer.parseInt(arguments[0]));
            return;
        }
        System.out.println(server.bindAndGetConnectionString());
        while (System.in.read() != -1) {
            // Whatever is said, only the end counts.
        }
        server.shutdownNow();
        System.exit(0);
    }

    /** What today's drivers accept. */
    private static class CurrentVersion implements MongoVersion {
        public List<Integer> getVersionArray() {
            return List.of(7, 0, 0);
        }

        public int getWireVersion() {
            return 21;
        }
    }
}
