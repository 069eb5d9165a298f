// The tag from npm, as a shop's bundler gets it.
import "dintero-checkout-element";
